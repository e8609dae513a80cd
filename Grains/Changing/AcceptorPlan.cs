using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Paxos.Changing;

/// <summary>What is decided about the acceptor set: the value of the register <see cref="ReservedNames.Acceptors"/>, as JSON.</summary>
/// <param name="Set">The set. If it is a joint one, it is being changed.</param>
/// <param name="PerSecond">How many registers are carried over in a second at most; 0 for as many as the cluster can.</param>
/// <param name="Leaving">The acceptors that have left with this set.</param>
/// <param name="IsDone">Whether a majority of the set has taken it over, and there is nothing left to do.</param>
internal sealed record AcceptorPlan(AcceptorSet Set, int PerSecond, ImmutableArray<string> Leaving, bool IsDone)
{
    public byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(
        new Text(
            Set.Epoch,
            Set.Since,
            [.. Set.Members.Select(Of)],
            [.. Set.Former.Select(Of)],
            [.. Set.Ancestors.Select(static id => new AncestorText(id.Epoch, id.Fingerprint.ToString("x16", CultureInfo.InvariantCulture)))],
            PerSecond,
            Leaving,
            IsDone),
        PlanJson.Default.Text);

    public static AcceptorPlan Decode(ReadOnlySpan<byte> json)
    {
        var text = JsonSerializer.Deserialize(json, PlanJson.Default.Text)!;
        var set = AcceptorSet.Restore(
            [.. text.Members.Select(Of)],
            [.. text.Former.Select(Of)],
            text.Epoch,
            text.Since,
            [.. text.Ancestors.Select(static id => new AcceptorSetId(id.Epoch, ulong.Parse(id.Fingerprint, NumberStyles.HexNumber, CultureInfo.InvariantCulture)))]);
        return new AcceptorPlan(set, text.PerSecond, text.Leaving, text.IsDone);
    }

    private static MemberText Of(AcceptorMember member) => new(member.Name, member.Incarnation);

    private static AcceptorMember Of(MemberText member) => new(member.Name, member.Incarnation);

    internal sealed record Text(
        long Epoch,
        long Since,
        ImmutableArray<MemberText> Members,
        ImmutableArray<MemberText> Former,
        ImmutableArray<AncestorText> Ancestors,
        int PerSecond,
        ImmutableArray<string> Leaving,
        bool IsDone);

    internal sealed record MemberText(string Name, Guid Incarnation);

    internal sealed record AncestorText(long Epoch, string Fingerprint);
}

/// <summary>How an <see cref="AcceptorPlan"/> and a <see cref="SweepCursor"/> are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AcceptorPlan.Text))]
[JsonSerializable(typeof(SweepCursor))]
internal sealed partial class PlanJson : JsonSerializerContext;
