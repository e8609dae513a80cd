using System.Collections.Concurrent;
using System.Text;
using Orleans.Paxos.Verification.Chaos;
using Orleans.Paxos.Verification.Linearizability;

namespace Orleans.Paxos.Tests.AzureStorage;

/// <summary>A client whose calls are recorded for the linearizability checker.</summary>
internal sealed class RecordedClient(IRegisterClient client, RunClock clock, ConcurrentQueue<Operation> history, int number)
{
    /// <summary>Makes calls of all kinds on registers that other clients also use.</summary>
    public async Task RunAsync(IReadOnlyList<string> registers, int calls, int seed)
    {
        var random = new Random(seed);
        var known = new Dictionary<string, long>();
        for (var call = 1; call <= calls; call++)
        {
            var register = registers[random.Next(registers.Count)];
            var value = $"{number}.{call}";
            var operation = random.Next(10) switch
            {
                < 4 => await ChangeAsync(register, OperationKind.Set, Change.Set(Bytes(value))),
                < 6 => await ChangeAsync(register, OperationKind.CompareAndSet, Change.CompareAndSet(Bytes(value), known.GetValueOrDefault(register))),
                < 7 => await ChangeAsync(register, OperationKind.Delete, Change.Delete()),
                _ => await ReadAsync(register),
            };
            history.Enqueue(operation);
            if (operation.IsAnswered)
                known[register] = operation.ShownVersion;
        }
    }

    private static byte[] Bytes(string value) => Encoding.UTF8.GetBytes(value);

    private async Task<Operation> ChangeAsync(string register, OperationKind kind, Change change)
    {
        var operation = Begin(register, kind) with
        {
            RequestId = UniqueId.New(),
            Value = Encoding.UTF8.GetString(change.Value),
            ExpectedVersion = change.ExpectedVersion,
        };
        try
        {
            var outcome = await client.ChangeAsync(register, change, new ChangeOptions(operation.RequestId));
            return End(operation, Told(outcome.Status), outcome.Entry);
        }
        catch (OutcomeUnknownException)
        {
            return operation with { Returned = clock.NextMoment() };
        }
        catch (QuorumUnavailableException)
        {
            return operation with { Returned = clock.NextMoment(), Answer = Answer.Unavailable };
        }
    }

    private async Task<Operation> ReadAsync(string register)
    {
        var operation = Begin(register, OperationKind.Read);
        try
        {
            return End(operation, Answer.Seen, await client.ReadAsync(register));
        }
        catch (QuorumUnavailableException)
        {
            return operation with { Returned = clock.NextMoment(), Answer = Answer.Unavailable };
        }
    }

    private Operation Begin(string register, OperationKind kind) =>
        new() { Client = number, Register = register, Kind = kind, Invoked = clock.NextMoment() };

    private Operation End(Operation operation, Answer answer, RegisterEntry? entry) => operation with
    {
        Returned = clock.NextMoment(),
        Answer = answer,
        Entries = entry is null ? [] : [new Observed(entry.Version, entry.RequestId, entry.Deleted, Encoding.UTF8.GetString(entry.Value))],
    };

    private static Answer Told(ChangeStatus status) => status switch
    {
        ChangeStatus.Applied => Answer.Applied,
        ChangeStatus.VersionMismatch => Answer.VersionMismatch,
        ChangeStatus.NotFound => Answer.NotFound,
        _ => throw new InvalidOperationException($"A client was told {status}."),
    };
}
