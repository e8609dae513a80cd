using Orleans.Storage;

namespace Orleans.Paxos.Tests.Storage;

public abstract partial class GrainStorageConformance
{
    [Fact]
    public async Task An_absent_record_reads_as_a_new_state_without_an_etag()
    {
        var grain = NewGrain();
        await AssertAbsentAsync(grain);
        Assert.Null((await ReadAsync(grain)).ETag);
    }

    [Fact]
    public async Task A_write_is_read_back_with_its_etag()
    {
        var grain = NewGrain();
        var written = new GrainState<StorageState> { State = new() { Text = "Привет, 世界 🌍 \0", Number = long.MinValue, Blob = [0, 1, 255] } };
        await Storage.WriteStateAsync("state", grain, written);
        Assert.True(written.RecordExists);
        Assert.NotNull(written.ETag);

        var read = await ReadAsync(grain);
        Assert.True(read.RecordExists);
        Assert.Equal(written.ETag, read.ETag);
        Assert.Equivalent(written.State, read.State, strict: true);
    }

    [Fact]
    public async Task Every_write_changes_the_etag_even_one_of_the_same_state()
    {
        var grain = NewGrain();
        var state = Holding("same");
        var etags = new HashSet<string>();
        for (var i = 0; i < 5; i++)
        {
            await Storage.WriteStateAsync("state", grain, state);
            Assert.True(etags.Add(state.ETag!));
        }
    }

    [Fact]
    public async Task A_write_with_a_stale_etag_is_refused_and_changes_nothing()
    {
        var grain = NewGrain();
        var stale = (await WriteAsync(grain, "first")).ETag;
        var latest = (await WriteAsync(grain, "second", stale)).ETag;

        var late = Holding("late", stale);
        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => Storage.WriteStateAsync("state", grain, late));

        Assert.Equal(stale, late.ETag);
        await AssertHoldsAsync(grain, "second", latest);
    }

    [Fact]
    public async Task A_write_that_takes_an_existing_record_for_absent_is_refused()
    {
        var grain = NewGrain();
        var etag = (await WriteAsync(grain, "first")).ETag;
        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => WriteAsync(grain, "second"));
        await AssertHoldsAsync(grain, "first", etag);
    }

    [Fact]
    public async Task A_write_with_an_etag_of_a_record_that_never_was_is_refused()
    {
        Assert.SkipWhen(WhyUnknownETagsPass is not null, WhyUnknownETagsPass ?? "");
        var other = (await WriteAsync(NewGrain(), "other")).ETag;
        var grain = NewGrain();
        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => WriteAsync(grain, "late", other));
        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => WriteAsync(grain, "late", "no etag of anyone's"));
        await AssertAbsentAsync(grain);
    }

    [Fact]
    public async Task A_cleared_record_reads_as_absent()
    {
        var grain = NewGrain();
        var state = await WriteAsync(grain, "gone soon");
        var written = state.ETag;
        await Storage.ClearStateAsync("state", grain, state);

        Assert.False(state.RecordExists);
        Assert.NotEqual(written, state.ETag);
        Assert.NotNull(state.State);
        Assert.Null(state.State.Text);
        await AssertAbsentAsync(grain);
    }

    [Fact]
    public async Task A_clear_with_a_stale_etag_is_refused_and_changes_nothing()
    {
        var grain = NewGrain();
        var stale = (await WriteAsync(grain, "first")).ETag;
        var latest = (await WriteAsync(grain, "second", stale)).ETag;
        await Assert.ThrowsAnyAsync<InconsistentStateException>(
            () => Storage.ClearStateAsync("state", grain, Holding(null, stale)));
        await AssertHoldsAsync(grain, "second", latest);
    }

    [Fact]
    public async Task A_clear_of_what_is_absent_does_nothing_also_twice()
    {
        var grain = NewGrain();
        var state = Holding("never stored");
        await Storage.ClearStateAsync("state", grain, state);
        Assert.False(state.RecordExists);
        Assert.Null(state.State!.Text);

        await Storage.ClearStateAsync("state", grain, state);
        Assert.False(state.RecordExists);
        await AssertAbsentAsync(grain);
    }

    [Fact]
    public async Task A_write_after_a_clear_starts_anew_and_no_etag_from_before_fits()
    {
        var grain = NewGrain();
        var state = await WriteAsync(grain, "first");
        var before = state.ETag;
        await Storage.ClearStateAsync("state", grain, state);
        state.State = new() { Text = "second" };
        await Storage.WriteStateAsync("state", grain, state);

        Assert.True(state.RecordExists);
        Assert.NotEqual(before, state.ETag);
        await AssertHoldsAsync(grain, "second", state.ETag);
        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => WriteAsync(grain, "late", before));
        await AssertHoldsAsync(grain, "second", state.ETag);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(256 * 1024)]
    [InlineData(1024 * 1024)]
    public async Task A_record_of_bytes_comes_back_unchanged(int length)
    {
        Assert.SkipWhen(WhyNotOfSize(length) is not null, WhyNotOfSize(length) ?? "");
        var grain = NewGrain();
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        var written = new GrainState<StoredRecord> { State = new() { Bytes = bytes } };
        await Storage.WriteStateAsync("state", grain, written);

        var read = new GrainState<StoredRecord>();
        await Storage.ReadStateAsync("state", grain, read);
        Assert.True(read.RecordExists);
        Assert.Equal(written.ETag, read.ETag);
        Assert.Equal(bytes, read.State!.Bytes);
    }

    [Fact]
    public async Task What_was_acknowledged_survives_reopening()
    {
        Assert.SkipWhen(WhyNotDurable is not null, WhyNotDurable ?? "");
        var (kept, cleared) = (NewGrain(), NewGrain());
        var etag = (await WriteAsync(kept, "kept")).ETag;
        await Storage.ClearStateAsync("state", cleared, await WriteAsync(cleared, "cleared"));

        await ReopenAsync();

        await AssertHoldsAsync(kept, "kept", etag);
        await AssertAbsentAsync(cleared);
        Assert.NotEqual(etag, (await WriteAsync(kept, "goes on", etag)).ETag);
    }
}
