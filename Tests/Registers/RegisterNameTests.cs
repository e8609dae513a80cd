namespace Orleans.Paxos.Tests.Registers;

public sealed class RegisterNameTests
{
    /// <summary>Every character that .NET, and so Orleans, takes for white space, in short and in mixed names.</summary>
    public static TheoryData<string> WhiteSpace =>
    [
        .. Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code).Where(char.IsWhiteSpace).Select(character => $"{character}"),
        "   ", " \u00A0\u2028\u3000 ",
    ];

    [Theory]
    [MemberData(nameof(WhiteSpace))]
    public void White_space_alone_is_no_name(string name)
    {
        var problem = RegisterName.Problem(name);
        Assert.NotNull(problem);
        Assert.Contains(name.Any(char.IsControl) ? "control character" : "white space alone", problem);
        Assert.Equal(problem, Assert.Throws<ArgumentException>("name", () => RegisterName.Validate(name)).Message.Split(" (Parameter")[0]);
    }

    [Theory]
    [InlineData(" a")]
    [InlineData("a ")]
    [InlineData("a\u2028b")]
    [InlineData(" / a")]
    [InlineData("\uFEFF")]
    [InlineData("\u00E9")]
    [InlineData("e\u0301")]
    public void White_space_beside_other_characters_is_part_of_the_name(string name) => Assert.Null(RegisterName.Problem(name));

    [Theory]
    [InlineData(" ")]
    [InlineData("\u00A0/")]
    [InlineData(" / ")]
    public void A_prefix_may_be_white_space_because_a_name_may_start_with_it(string prefix) => RegisterName.ValidatePrefix(prefix);

    [Theory]
    [InlineData("!")]
    [InlineData("!sessions/a")]
    [InlineData("!a//b")]
    public void A_reserved_name_is_refused_unless_it_is_asked_for(string name)
    {
        Assert.Contains("reserved", RegisterName.Problem(name));
        Assert.Contains("reserved", Assert.Throws<ArgumentException>("prefix", () => RegisterName.ValidatePrefix(name)).Message);
        Assert.Equal(name.Contains("//"), RegisterName.Problem(name, mayBeReserved: true)?.Contains("empty segment") ?? false);
    }

    [Theory]
    [InlineData("a", "", true)]
    [InlineData(" a", "", true)]
    [InlineData("!a", "", false)]
    [InlineData("!a", "!", true)]
    [InlineData("a!", "a", true)]
    [InlineData("b", "a", false)]
    public void A_reserved_name_is_below_the_prefixes_that_it_starts_with_and_not_below_the_empty_one(string name, string prefix, bool isBelow) =>
        Assert.Equal(isBelow, RegisterName.IsBelow(name, prefix));

    [Fact]
    public void The_longest_name_of_a_lock_makes_the_longest_name_of_a_register()
    {
        Assert.Null(RegisterName.Problem(ReservedNames.OfLock(new string('n', ReservedNames.MostLockNameBytes)), mayBeReserved: true));
        Assert.Contains("257 bytes", RegisterName.Problem(ReservedNames.OfLock(new string('n', ReservedNames.MostLockNameBytes + 1)), mayBeReserved: true));
    }

    /// <summary>Not a theory: an attribute cannot hold half a surrogate pair.</summary>
    [Fact]
    public void Half_a_surrogate_pair_is_refused() =>
        Assert.All(["\uD800", "a\uDC00", "\uDC00\uD800"], name => Assert.Contains("surrogate", RegisterName.Problem(name)));

    [Theory]
    [InlineData("a\0", "U+0000")]
    [InlineData("a\u0085", "U+0085")]
    public void Control_characters_are_refused(string name, string reason) =>
        Assert.Contains(reason, RegisterName.Problem(name));
}
