namespace Orleans.Paxos.Cli.Load.Scenarios;

/// <summary>Creates the values that are written.</summary>
internal static class Values
{
    /// <summary>Creates a value that is text, as settings are, and random, so that it cannot be compressed.</summary>
    public static byte[] Create(int bytes, Random random) =>
        random.GetItems("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"u8, bytes);
}
