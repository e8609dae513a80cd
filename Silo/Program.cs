using Orleans.Paxos;

return await SiloProgram.RunAsync(args, Console.Out, Console.Error);
