namespace Orleans.Paxos.Verification;

internal static class Program
{
    public static int Main() => 0;
}
