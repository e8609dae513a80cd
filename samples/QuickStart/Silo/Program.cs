using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Paxos;

// dotnet run -- [NUMBER [COUNT]]: runs silo NUMBER of COUNT, which is the acceptor of the same name; 1 of 1 by default.
var number = args.Length > 0 ? int.Parse(args[0]) : 1;
var count = args.Length > 1 ? int.Parse(args[1]) : 1;

var builder = Host.CreateApplicationBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Error);
builder.UseOrleans(silo =>
{
    silo.UseLocalhostClustering(11110 + number, 30000 + number, primarySiloEndpoint: new IPEndPoint(IPAddress.Loopback, 11111));
    silo.Configure<SiloOptions>(options => options.SiloName = $"silo-{number}");
    silo.AddPaxos(paxos =>
    {
        paxos.Acceptors = [.. Enumerable.Range(1, count).Select(each => $"silo-{each}")];
        paxos.UseSqliteStorage(Path.Combine("data", $"silo-{number}"));
    });
});
using var host = builder.Build();
await host.StartAsync();
Console.WriteLine($"silo-{number} of {count} runs. Ctrl-C stops it.");
await host.WaitForShutdownAsync();
