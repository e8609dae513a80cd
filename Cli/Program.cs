using System.Runtime.InteropServices;
using Orleans.Paxos.Cli;
using Orleans.Paxos.Cli.Connections;
using Orleans.Paxos.Cli.Output;

using var interrupted = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);

var program = new PaxosCommandLine(StandardStreams.Open(), Environment.GetEnvironmentVariable, Connections.OpenAsync);
return await program.RunAsync(args, interrupted.Token);

// The first signal stops the command gracefully. A second signal ends the process at once if that takes too long.
void Cancel(PosixSignalContext context)
{
    context.Cancel |= !interrupted.IsCancellationRequested; // what runs a command may have taken the signal for it
    interrupted.Cancel();
}
