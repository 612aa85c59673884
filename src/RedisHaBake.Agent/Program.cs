using RedisHaBake.Agent;

return await CommandLine.RunAsync(args);
