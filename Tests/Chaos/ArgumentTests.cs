namespace Orleans.Paxos.Tests.Chaos;

/// <summary>An invalid command line gets an error that names the mistake, and nothing is started.</summary>
public sealed class ArgumentTests
{
    [Theory]
    [InlineData("--minutes 0", "--minutes takes a number from 0.2 to 240, not '0'")]
    [InlineData("--minutes soon", "--minutes takes a number from 0.2 to 240, not 'soon'")]
    [InlineData("--minutes NaN", "--minutes takes a number from 0.2 to 240, not 'NaN'")]
    [InlineData("--seed x", "--seed takes a number from 0")]
    [InlineData("--clients 65", "--clients takes a number from 1 to 64, not '65'")]
    [InlineData("--registers 0", "--registers takes a number from 1 to 64, not '0'")]
    [InlineData("--seed", "--seed")]
    [InlineData("--nothing 1", "'--nothing'")]
    public async Task It_is_exit_code_2_and_says_what_is_wrong(string arguments, string expected)
    {
        var (code, output, errors) = await VerificationProcess.RunAsync($"chaos {arguments}");
        Assert.Equal((2, ""), (code, output));
        Assert.All(errors.TrimEnd().Split('\n'), line => Assert.StartsWith("error: ", line));
        Assert.Contains(expected, errors);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_made_is_exit_code_3()
    {
        var file = Path.GetTempFileName();
        var (code, _, errors) = await VerificationProcess.RunAsync($"chaos --out {file}/report");
        File.Delete(file);
        Assert.Equal(3, code);
        Assert.StartsWith("error: The run did not get to a verdict", errors);
    }

    [Fact]
    public async Task Help_lists_the_options()
    {
        var (code, output, _) = await VerificationProcess.RunAsync("chaos --help");
        Assert.Equal(0, code);
        Assert.All(["--minutes", "--seed", "--clients", "--registers", "--out"], option => Assert.Contains(option, output));
    }
}
