namespace Orleans.Paxos.Tests.Silo;

/// <summary>The acceptor set is changed while silo processes run and clients write.</summary>
[Collection(nameof(ProcessClusterTests))]
public sealed class SetChangeTests(ITestOutputHelper output)
{
    [Fact]
    public async Task From_one_acceptor_to_three_and_back_online()
    {
        await using var cluster = await ClusterWithClient.StartAsync("a1");
        var writers = new SteadyWriters(cluster.Registers);
        await writers.RoundsAsync(2);
        await cluster.StartSiloAsync("a2");
        await cluster.StartSiloAsync("a3");

        Assert.Equal(["a1", "a2", "a3"], await ChangeAsync(cluster.Acceptors, writers, new AcceptorChange(["a2", "a3"], [])));
        await cluster.VotingAsync("a2");
        await cluster.VotingAsync("a3");
        Assert.Equal(["a3"], await ChangeAsync(cluster.Acceptors, writers, new AcceptorChange([], ["a1", "a2"])));
        await cluster.SiloOf("a1").KillAsync();
        await cluster.SiloOf("a2").KillAsync();
        await writers.VerifyAsync();
        await writers.RoundsAsync(2);
        AssertTheChangeIsNoTrouble(cluster.SiloOf("a3").Errors);
    }

    [Fact]
    public async Task A_silo_of_three_that_lost_its_disk_is_replaced_by_one_call_and_no_write_fails()
    {
        await using var cluster = await ClusterWithClient.StartAsync("a1", "a2", "a3");
        var writers = new SteadyWriters(cluster.Registers);
        await writers.RoundsAsync(5);
        await cluster.SiloOf("a2").KillAsync();
        cluster.RemoveStorage("a2");
        await writers.WhileAsync(cluster.StartSiloAsync("a2"));

        Assert.Equal(["a1", "a2", "a3"], await ChangeAsync(cluster.Acceptors, writers, new AcceptorChange(["a2"], ["a2"])));
        await cluster.VotingAsync("a2");
        await cluster.SiloOf("a1").KillAsync();
        await writers.RoundsAsync(5);
        await writers.VerifyAsync();
        AssertTheChangeIsNoTrouble(cluster.SiloOf("a3").Errors);
    }

    [Fact]
    public async Task A_silo_of_three_that_is_gone_is_replaced_by_a_spare_one_and_no_write_fails()
    {
        await using var cluster = await ClusterWithClient.StartAsync("a1", "a2", "a3");
        var writers = new SteadyWriters(cluster.Registers);
        await cluster.StartSiloAsync("a4");
        await writers.RoundsAsync(5);
        await cluster.SiloOf("a2").KillAsync();

        Assert.Equal(["a1", "a3", "a4"], await ChangeAsync(cluster.Acceptors, writers, new AcceptorChange(["a4"], ["a2"])));
        await cluster.VotingAsync("a4");
        await cluster.SiloOf("a1").KillAsync();
        await writers.RoundsAsync(5);
        await writers.VerifyAsync();
        AssertTheChangeIsNoTrouble(cluster.SiloOf("a3").Errors);
    }

    /// <summary>Changes the set by one call, while clients write.</summary>
    /// <returns>The acceptors after the change.</returns>
    private async Task<IEnumerable<string>> ChangeAsync(IAcceptorSetClient acceptors, SteadyWriters writers, AcceptorChange change)
    {
        var (before, longest) = (writers.Count, writers.Longest);
        writers.Longest = TimeSpan.Zero;
        var changing = BeginAndWaitAsync();
        await writers.WhileAsync(changing);
        output.WriteLine($"{await changing}: the longest of {writers.Count - before} writes took {writers.Longest.TotalMilliseconds:0} ms, of those before it {longest.TotalMilliseconds:0} ms");
        return (await acceptors.StatusAsync()).Set.Names;

        async Task<AcceptorSet> BeginAndWaitAsync()
        {
            var begun = await acceptors.ChangeAsync(change);
            while ((await acceptors.StatusAsync()).Step != ChangeStep.None)
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            return begun;
        }
    }

    /// <summary>An ordinary change is nothing to warn of. That a silo is gone may be.</summary>
    private void AssertTheChangeIsNoTrouble(string log)
    {
        output.WriteLine(log);
        Assert.DoesNotContain("Orleans.Paxos.Acceptors", log);
        Assert.DoesNotContain("Orleans.Paxos.Changing", log);
    }
}
