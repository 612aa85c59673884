System.Console.WriteLine("redishabake");
