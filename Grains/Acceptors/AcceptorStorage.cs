using Orleans.Paxos.Protocol;
using Orleans.Paxos.Storage;
using Orleans.Storage;

namespace Orleans.Paxos.Acceptors;

/// <summary>The records of one acceptor in its storage: one for each register, its chunks, its names and its identity.</summary>
internal sealed class AcceptorStorage(IGrainStorage storage, string acceptor, Func<Guid> newId)
{
    /// <summary>The state name of an acceptor's record of a register.</summary>
    public const string RegisterRecord = "register";

    private static readonly AcceptorRecordFormat RecordFormat = new();
    private static readonly HistoryChunkFormat ChunkFormat = new();
    private static readonly IndexPageFormat PageFormat = new();
    private static readonly WatermarkPageFormat WatermarkFormat = new();
    private static readonly AcceptorIdentityFormat IdentityFormat = new();

    private readonly GrainId _self = StorageKey.Of(acceptor);

    /// <summary>The state name of a page of watermarks.</summary>
    public static string WatermarkPageName(int page) => $"watermarks-{page:x3}";

    /// <summary>Creates an id that no record has, for a new chunk, page or incarnation.</summary>
    public Guid NewId() => newId();

    /// <summary>Whether what was read stays current because no one else can write.</summary>
    public bool IsExclusivelyOwned => storage is IAcceptorGrainStorage { IsExclusivelyOwned: true };

    /// <summary>
    /// Whether a write of another activation may land between two of this one's: if others can write there, or if writes take effect in any order.
    /// </summary>
    public bool MayBeOvertaken => !IsExclusivelyOwned || Registers is null;

    /// <summary>The kind of storage, for status reports.</summary>
    public string Kind => storage is IAcceptorGrainStorage described ? described.Kind : storage.GetType().Name;

    /// <summary>Why the storage is not expected to answer now; null while it is expected to.</summary>
    public string? Problem => (storage as IAcceptorGrainStorage)?.Problem;

    /// <summary>Writes a register with everything that belongs to it in one commit; null if the storage cannot do that.</summary>
    public IRegisterStorage? Registers => (storage as IAcceptorGrainStorage)?.Registers;

    /// <summary>The acceptor's name.</summary>
    public string Acceptor => acceptor;

    /// <summary>Returns the key of the acceptor's record of a register.</summary>
    public GrainId KeyOf(string register) => StorageKey.Of(acceptor, register);

    /// <summary>Whose storage it is: one record in each storage, whoever opens it.</summary>
    public Task<RecordCell<AcceptorIdentity?>> OpenIdentityAsync() => OpenIdentityAsync(StorageKey.Identity);

    /// <summary>The identity as it was kept before there was one record in each storage: under the acceptor's name. Null when there is none.</summary>
    public async Task<AcceptorIdentity?> ReadIdentityByNameAsync() => (await OpenIdentityAsync(_self)).Value;

    public Task<RecordCell<AcceptorRecord>> OpenRegisterAsync(string register) =>
        RecordCell<AcceptorRecord>.OpenAsync(storage, RecordFormat, RegisterRecord, KeyOf(register));

    public Task<RecordCell<ImmutableArray<RegisterEntry>>> OpenChunkAsync(string register, HistoryChunk chunk) =>
        RecordCell<ImmutableArray<RegisterEntry>>.OpenAsync(storage, ChunkFormat, ChunkName(chunk), KeyOf(register));

    public RecordCell<ImmutableArray<RegisterEntry>> NewChunk(string register, HistoryChunk chunk) =>
        RecordCell<ImmutableArray<RegisterEntry>>.New(storage, ChunkFormat, ChunkName(chunk), KeyOf(register));

    public Task<RecordCell<IndexPage>> OpenPageAsync(Guid page) =>
        RecordCell<IndexPage>.OpenAsync(storage, PageFormat, PageName(page), _self);

    public RecordCell<IndexPage> NewPage(Guid page) =>
        RecordCell<IndexPage>.New(storage, PageFormat, PageName(page), _self);

    public Task<RecordCell<ImmutableArray<Watermark>>> OpenWatermarksAsync(int page) =>
        RecordCell<ImmutableArray<Watermark>>.OpenAsync(storage, WatermarkFormat, WatermarkPageName(page), _self);

    /// <summary>Writes records, in one commit if the storage can do that. When it throws, each of them may or may not be durable.</summary>
    public async Task WriteAllAsync<T>(IReadOnlyList<(RecordCell<T> Cell, T Value)> writes)
    {
        if (writes.Count == 0)
            return;
        if (Registers is not { } registers)
        {
            await Task.WhenAll(writes.Select(static write => write.Cell.WriteAsync(write.Value)));
            return;
        }

        var commit = writes.Select(static write => write.Cell.Prepare(write.Value, addition: null)).ToList();
        await registers.CommitAsync(commit);
        foreach (var (write, stored) in writes.Zip(commit))
            write.Cell.Complete(stored.Refusal is null ? stored : throw stored.Refusal);
    }

    private Task<RecordCell<AcceptorIdentity?>> OpenIdentityAsync(GrainId key) =>
        RecordCell<AcceptorIdentity?>.OpenAsync(storage, IdentityFormat, "identity", key);

    private static string ChunkName(HistoryChunk chunk) => $"history-{chunk.Id:N}";

    private static string PageName(Guid page) => $"names-{page:N}";
}
