return await RedisHaBake.Cli.CommandLine.RunAsync(args, () => System.Console.Out, () => System.Console.Error, new RedisHaBake.Cli.Trial.InstalledPrograms());
