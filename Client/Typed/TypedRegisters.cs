using System.Runtime.CompilerServices;

namespace Orleans.Paxos.Client.Typed;

/// <summary>Typed registers over <see cref="IRegisterClient"/>.</summary>
internal sealed class TypedRegisters(IRegisterClient client) : IRegisters
{
    private const int NamesPerPage = 1000;

    public IRegister<T> Get<T>(string name)
    {
        RegisterName.Validate(name);
        return new TypedRegister<T>(name, client);
    }

    public IAsyncEnumerable<string> ListAsync(string prefix = "", CancellationToken cancellationToken = default)
    {
        RegisterName.ValidatePrefix(prefix);
        return PagesAsync(prefix, cancellationToken);
    }

    private async IAsyncEnumerable<string> PagesAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = "";
        while (true)
        {
            var page = await client.ListPageAsync(prefix, after, NamesPerPage, cancellationToken);
            foreach (var name in page.Names)
                yield return name;
            if (!page.More || page.Names.IsEmpty)
                yield break;
            after = page.Names[^1];
        }
    }
}
