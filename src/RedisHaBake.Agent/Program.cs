System.Console.WriteLine("redishabake-agent");
