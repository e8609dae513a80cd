using Orleans.Paxos.Client.Registers;

namespace Orleans.Paxos.Tests.Client;

public sealed class SignsOfLifeTests
{
    [Fact]
    public void However_many_watches_wait_they_ask_no_more_often_together_than_sixty_four()
    {
        var fullPace = TimeSpan.FromMilliseconds(150);
        var signs = new SignsOfLife(fullPace);
        var waiting = Enumerable.Range(0, 64).Select(_ => signs.Begin()).ToList();
        Assert.Equal(fullPace, signs.AskAfter);
        waiting.AddRange(Enumerable.Range(0, 576).Select(_ => signs.Begin()));
        Assert.Equal(10 * fullPace, signs.AskAfter);
        waiting.ForEach(static each => each.Dispose());
        Assert.Equal(fullPace, signs.AskAfter);
    }
}
