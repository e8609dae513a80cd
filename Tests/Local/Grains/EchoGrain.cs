using Orleans.Concurrency;

namespace Orleans.Paxos.Tests.Local;

public interface IEchoGrain : IGrainWithStringKey
{
    Task<MutableNote> KeepAsync(MutableNote note);

    Task KeepSharedAsync([Immutable] MutableNote note);

    Task<FixedNote> EchoAsync(FixedNote note);

    /// <summary>What the grain holds, as text: nothing of it crosses the call.</summary>
    Task<string> KeptAsync();

    Task<MutableNote> GiveAsync();

    Task<object> EchoAnyAsync(object value);

    ValueTask<int> AddAsync(int left, int right);

    ValueTask NothingAsync();

    Task ThrowAsync(string what);

    Task<int> ForgetTaskAsync();

    [OneWay]
    Task TellAsync(string arrived, string go, bool fail);

    Task<string?> AmbientAsync();
}

[GenerateSerializer]
public sealed class MutableNote
{
    [Id(0)]
    public string Text { get; set; } = "";

    [Id(1)]
    public List<string> Lines { get; set; } = [];

    [Id(2)]
    public Dictionary<string, byte[]> Parts { get; set; } = [];

    [Id(3)]
    public MutableNote? Inner { get; set; }

    [Id(4)]
    public (int Number, int[] Numbers)? Pair { get; set; }
}

[GenerateSerializer, Immutable]
public sealed record FixedNote([property: Id(0)] string Text, [property: Id(1)] byte[] Bytes);

[GenerateSerializer]
public sealed class MarkedException(string detail) : Exception("Marked.")
{
    [Id(0)]
    public string Detail { get; private set; } = detail;
}

public sealed class UnmarkedException : Exception;

public sealed class EchoGrain : Grain, IEchoGrain
{
    public static readonly AsyncLocal<string?> Ambient = new();

    private MutableNote _note = new();

    public Task<MutableNote> KeepAsync(MutableNote note)
    {
        _note = note;
        note.Text = "kept";
        note.Lines.Add("kept");
        note.Parts["first"][0] = 255;
        note.Inner!.Text = "kept";
        note.Pair!.Value.Numbers[0] = 255;
        return Task.FromResult(note);
    }

    public Task KeepSharedAsync(MutableNote note)
    {
        note.Text = "kept";
        return Task.CompletedTask;
    }

    public Task<FixedNote> EchoAsync(FixedNote note) => Task.FromResult(note);

    public Task<string> KeptAsync() => Task.FromResult($"{_note.Text} {_note.Lines.Count}");

    public Task<MutableNote> GiveAsync() => Task.FromResult(_note);

    public Task<object> EchoAnyAsync(object value) => Task.FromResult(value);

    public async ValueTask<int> AddAsync(int left, int right)
    {
        await Task.Yield();
        return left + right;
    }

    public ValueTask NothingAsync() => ValueTask.CompletedTask;

    public async Task ThrowAsync(string what)
    {
        await Task.Yield();
        throw what switch
        {
            "marked" => new MarkedException("in detail"),
            "unmarked" => new UnmarkedException(),
            _ => new ArgumentOutOfRangeException(what),
        };
    }

    public Task<int> ForgetTaskAsync() => null!;

    public async Task TellAsync(string arrived, string go, bool fail)
    {
        Signals.Set(arrived);
        if (fail)
            throw new InvalidOperationException("Nobody hears of this.");
        await Signals.WaitAsync(go);
    }

    public Task<string?> AmbientAsync() => Task.FromResult(Ambient.Value);
}
