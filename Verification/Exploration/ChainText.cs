namespace Orleans.Paxos.Verification.Exploration;

/// <summary>Formats a state as the names of the requests that made its versions, such as <c>ab</c>.</summary>
internal static class ChainText
{
    public static string Of(RegisterState state) => string.Concat(state.Window.Select(item => WorldScenario.NameOf(item.RequestId)));
}
