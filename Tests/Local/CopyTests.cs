using Orleans.Serialization;

namespace Orleans.Paxos.Tests.Local;

public sealed class CopyTests
{
    [Fact]
    public async Task What_the_grain_does_to_an_argument_the_caller_does_not_see()
    {
        await using var cluster = await Clusters.StartAsync(1);
        var note = NewNote();
        await cluster.Client.GetGrain<IEchoGrain>("one").KeepAsync(note);
        Assert.Equal("mine", note.Text);
        Assert.Empty(note.Lines);
        Assert.Equal(1, note.Parts["first"][0]);
        Assert.Equal("inner", note.Inner!.Text);
        Assert.Equal(2, note.Pair!.Value.Numbers[0]);
    }

    [Fact]
    public async Task What_the_caller_does_to_a_result_the_grain_does_not_see()
    {
        await using var cluster = await Clusters.StartAsync(1);
        var grain = cluster.Client.GetGrain<IEchoGrain>("one");
        var result = await grain.KeepAsync(NewNote());
        Assert.Equal("kept", result.Text);
        result.Text = "changed";
        result.Lines.Clear();
        Assert.Equal("kept 1", await grain.KeptAsync());
        Assert.NotSame(await grain.GiveAsync(), await grain.GiveAsync());
    }

    [Fact]
    public async Task Immutable_types_and_parameters_are_shared()
    {
        await using var cluster = await Clusters.StartAsync(1);
        var grain = cluster.Client.GetGrain<IEchoGrain>("one");
        var fixedNote = new FixedNote("fixed", [1]);
        Assert.Same(fixedNote, await grain.EchoAsync(fixedNote));
        var shared = NewNote();
        await grain.KeepSharedAsync(shared);
        Assert.Equal("kept", shared.Text);
    }

    [Fact]
    public async Task A_value_is_copied_by_the_type_it_has()
    {
        await using var cluster = await Clusters.StartAsync(1);
        var grain = cluster.Client.GetGrain<IEchoGrain>("one");
        var grid = new int[2, 2] { { 1, 2 }, { 3, 4 } };
        var copy = Assert.IsType<int[,]>(await grain.EchoAnyAsync(grid));
        Assert.NotSame(grid, copy);
        Assert.Equal(grid, copy);
        Assert.Equal(7, await grain.EchoAnyAsync(7));
        var nested = new List<List<int>> { new() { 1 } };
        var nestedCopy = Assert.IsType<List<List<int>>>(await grain.EchoAnyAsync(nested));
        Assert.NotSame(nested[0], nestedCopy[0]);
        var refusal = await Assert.ThrowsAsync<CodecNotFoundException>(() => grain.EchoAnyAsync(new UnmarkedNote()));
        Assert.Contains(nameof(UnmarkedNote), refusal.Message);
    }

    [Fact]
    public async Task An_object_that_contains_itself_is_refused()
    {
        await using var cluster = await Clusters.StartAsync(1);
        var endless = NewNote();
        endless.Inner = endless;
        await Assert.ThrowsAsync<InsufficientExecutionStackException>(() => cluster.Client.GetGrain<IEchoGrain>("one").KeepAsync(endless));
    }

    private static MutableNote NewNote() => new()
    {
        Text = "mine",
        Parts = new() { ["first"] = [1] },
        Inner = new MutableNote { Text = "inner" },
        Pair = (1, [2]),
    };
}
