using Orleans.Paxos.AzureStorage;
using Orleans.Paxos.Storage;

namespace Orleans.Paxos.Tests.AzureStorage;

public sealed class AzureKeyTests
{
    [Fact]
    public void A_short_key_stays_as_it_is()
    {
        var key = StorageKey.Of("a1", "app/flags/dark-mode");
        Assert.Equal(key, AzureKey.Fit(key));
    }

    [Fact]
    public void The_longest_keys_fit_into_512_characters_and_stay_different()
    {
        var acceptor = new string('ü', 64);
        var names = Enumerable.Range(0, 1_000).Select(number => new string('é', 120) + number.ToString("d16")).ToArray();
        var keys = names.Select(name => AzureKey.Fit(StorageKey.Of(acceptor, name))).ToArray();
        Assert.All(names, name => Assert.Null(RegisterName.Problem(name)));
        Assert.All(keys, key => Assert.InRange($"{new string('s', AzureKey.LongestServiceId)}_{key}".Length, 400, 512));
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public void A_shortened_key_is_no_other_names_key()
    {
        var shortened = AzureKey.Fit(StorageKey.Of("a1", new string('é', 128))).Key.ToString()!;
        Assert.Equal(2, shortened.Count(character => character == '~'));
        Assert.Equal(1, StorageKey.Of("a~1", "~").Key.ToString()!.Count(character => character == '~'));
    }
}
