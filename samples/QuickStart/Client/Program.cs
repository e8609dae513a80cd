using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Paxos;
using QuickStart;

// dotnet run -- [COUNT]: connects to COUNT silos on this machine; 1 by default.
var count = args.Length > 0 ? int.Parse(args[0]) : 1;

var builder = Host.CreateApplicationBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.UseOrleansClient(client =>
{
    client.UseLocalhostClustering([.. Enumerable.Range(1, count).Select(number => 30000 + number)]);
    client.AddPaxos();
});
using var host = builder.Build();
await host.StartAsync();

var deployments = new Deployments(host.Services.GetRequiredService<IRegisters>());
var moved = await deployments.TryMoveOnAsync($"deployed by process {Environment.ProcessId}");
Console.WriteLine(moved ? "Moved on." : "Another deployment was faster.");
Console.WriteLine($"The schema is now: {await deployments.CurrentAsync()}");
await host.StopAsync();
