namespace Orleans.Paxos.Tests.Watching;

public sealed class PrefixCursorTests
{
    private static readonly PrefixCursor Cursor =
        new(UniqueId.New(), 7, "services/ü", [new FeedMark(UniqueId.New(), long.MaxValue), default]);

    [Fact]
    public void Its_text_can_be_parsed()
    {
        Assert.True(PrefixCursor.TryParse(Cursor.ToString(), out var parsed));
        Assert.Equal(Cursor with { Marks = [] }, parsed with { Marks = [] });
        Assert.Equal(Cursor.Marks, parsed.Marks);
        Assert.Matches("^[A-Za-z0-9_-]+$", Cursor.ToString());
    }

    [Theory]
    [InlineData(""), InlineData("x"), InlineData("Ag"), InlineData("AQ"), InlineData("%"), InlineData("ü")]
    public void Other_text_is_none(string text) => Assert.False(PrefixCursor.TryParse(text, out _));

    [Fact]
    public void No_part_of_it_is_one()
    {
        var text = Cursor.ToString();
        for (var length = 0; length < text.Length; length++)
            Assert.False(PrefixCursor.TryParse(text[..length], out _), $"{length}");
    }
}
