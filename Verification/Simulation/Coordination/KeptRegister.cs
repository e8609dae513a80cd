namespace Orleans.Paxos.Verification.Simulation.Coordination;

/// <summary>A register of a process that belongs to its session: it is there for as long as the session is.</summary>
internal sealed class KeptRegister(string name, IRegisterClient registers, List<string> broken)
{
    /// <summary>What the names of all these registers begin with.</summary>
    public const string Prefix = "of/";

    private ISession? _writtenIn;

    public string Name => name;

    /// <summary>Writes the register for a session, or looks whether it is still there. Nobody else writes it.</summary>
    public async Task UseAsync(ISession session, string text)
    {
        if (_writtenIn != session)
        {
            _writtenIn = null;
            if ((await session.SetAsync(name, text)).Applied)
                _writtenIn = session;
            return;
        }

        var entry = await registers.ReadAsync(name);
        if (entry is null or { Deleted: true } && session.Remaining > TimeSpan.Zero)
            broken.Add($"Sessions: '{name}' is gone, and session {session.Id:N}, to which it belongs, is not.");
    }
}
