using System.Text.Json;

namespace Orleans.Paxos.Changing;

/// <summary>How far a sweep is: the value of the register <see cref="ReservedNames.AcceptorsSweep"/>, as JSON.</summary>
/// <param name="Epoch">The epoch of the joint set in which it sweeps.</param>
/// <param name="After">The registers up to this name are carried over.</param>
/// <param name="Swept">How many they are.</param>
internal sealed record SweepCursor(long Epoch, string After, long Swept)
{
    public byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this, PlanJson.Default.SweepCursor);

    public static SweepCursor Decode(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, PlanJson.Default.SweepCursor)!;
}
