using System.Runtime.InteropServices;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>Hands the signals of this program on to the command that it runs, which decides what they mean. This program ends after it.</summary>
internal sealed class SignalForwarding : IDisposable
{
    private const int HangUp = 1;
    private const int Interrupt = 2;
    private const int Quit = 3;

    private readonly Lock _gate = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly List<(int Signal, bool FromTerminal)> _early = [];
    private ChildProcess? _child;

    public SignalForwarding()
    {
        Register(PosixSignal.SIGINT, Interrupt, fromTerminal: true);
        Register(PosixSignal.SIGQUIT, Quit, fromTerminal: true);
        Register(PosixSignal.SIGTERM, ChildProcess.TerminateSignal, fromTerminal: false);
        Register(PosixSignal.SIGHUP, HangUp, fromTerminal: false);
    }

    /// <summary>Begins to hand signals on, with those that came before the command had started.</summary>
    public void To(ChildProcess child)
    {
        lock (_gate)
        {
            _child = child;
            foreach (var (signal, fromTerminal) in _early)
                Send(child, signal, fromTerminal);
        }
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }

    private void Register(PosixSignal posix, int signal, bool fromTerminal) => _registrations.Add(PosixSignalRegistration.Create(posix, context =>
    {
        context.Cancel = true;
        lock (_gate)
        {
            if (_child is null)
                _early.Add((signal, fromTerminal));
            else
                Send(_child, signal, fromTerminal);
        }
    }));

    /// <summary>What a terminal sends it has sent to the command, too, if both are in one group.</summary>
    private static void Send(ChildProcess child, int signal, bool fromTerminal)
    {
        if (child.HasOwnGroup || !fromTerminal)
            child.Signal(signal);
    }
}
