using System.IO.Hashing;

namespace Orleans.Paxos.Verification.Simulation.World;

/// <summary>The random numbers of a run, from one seed. Neighbouring seeds lead to unrelated numbers.</summary>
internal sealed class Dice(long seed)
{
    private readonly Random _random = new(unchecked((int)XxHash3.HashToUInt64(BitConverter.GetBytes(seed))));

    public bool Chance(double probability) => probability > 0 && _random.NextDouble() < probability;

    /// <summary>Gets an integer from <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public int Between(int least, int most) => _random.Next(least, most + 1);

    public TimeSpan Between(TimeSpan least, TimeSpan most) =>
        TimeSpan.FromTicks(least.Ticks + (long)(_random.NextDouble() * (most.Ticks - least.Ticks)));

    /// <summary>Gets a number between the two. Each order of magnitude is equally likely.</summary>
    public double Spread(double least, double most) => least * Math.Pow(most / least, _random.NextDouble());

    public T Pick<T>(IReadOnlyList<T> among) => among[_random.Next(among.Count)];

    public Random Fork() => new(_random.Next());

    public Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
