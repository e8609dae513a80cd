namespace Orleans.Paxos.Cli.Load.Scenarios;

/// <summary>The values that are written.</summary>
internal static class Values
{
    /// <summary>Text, as settings are, and random, so that nothing can compress it.</summary>
    public static byte[] Create(int bytes, Random random) =>
        random.GetItems("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"u8, bytes);
}
