using Orleans.Paxos.AzureStorage;

namespace Orleans.Paxos.Tests.AzureStorage;

public sealed class StorageFaultTests
{
    [Theory]
    [InlineData(503, "ServerBusy", true, "throttles (503 ServerBusy)")]
    [InlineData(429, null, true, "throttles (429)")]
    [InlineData(500, "OperationTimedOut", true, "failed (500 OperationTimedOut)")]
    [InlineData(408, null, true, "failed (408)")]
    [InlineData(403, "AuthenticationFailed", false, "credentials (403 AuthenticationFailed)")]
    [InlineData(404, "TableNotFound", false, "no such table or container (404 TableNotFound)")]
    [InlineData(413, "RequestBodyTooLarge", false, "too large for it (413 RequestBodyTooLarge)")]
    [InlineData(400, "InvalidInput", false, "refused (400 InvalidInput)")]
    public void An_answer_tells_whether_to_try_again_and_what_it_was(int status, string? code, bool isTransient, string reason)
    {
        var fault = StorageFault.OfAnswer(status, code, TimeSpan.FromSeconds(1));
        Assert.Equal(isTransient, fault.IsTransient);
        Assert.EndsWith(reason, fault.Reason);
        Assert.Equal(isTransient ? TimeSpan.FromSeconds(1) : null, fault.RetryAfter);
    }
}
