using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Configuration.Json;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Settings;

namespace Orleans.Paxos.Tests.Cli;

/// <summary>Properties of random settings files with awkward keys, nested groups and every type of value.</summary>
public sealed class SettingsPropertyTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(500);

    private static readonly Gen<string> Keys = Gen.Frequency(
        (6, Gen.Elements("a", "b", "c", "A", "0", "1", "2", "10", "key")),
        (3, Gen.Elements("", ":", "a:b", "a:", ":a", "a:b:c", "/", "a/b", "~", "~2F", "~shape", "!", "!a", ".", "..", "\\", "#", "?", "%41", "\u0001", "\u0085", "ключ", "🙂")),
        (1, ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get).Where(IsUnicode)));

    private static readonly Gen<string> Leaves = Gen.Frequency(
        (3, Gen.Elements("\"\"", "\"5\"", "\"true\"", "\"null\"", "\"hello\"", "\"1e5\"", "\" 5\"", "\"[]\"", "\"\\u0000\"")),
        (3, Gen.Elements("0", "-0", "5", "1.50", "1e5", "-1E-7", "12345678901234567890", "1E400")),
        (2, Gen.Elements("true", "false", "null")),
        (1, ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get).Where(IsUnicode).Select(Quote)));

    private static readonly Gen<string> Files = Gen.Sized(size => Objects(Math.Min(size / 4, 4)));

    [Fact]
    public void What_dotnet_configuration_reads_is_what_is_imported() => Check.One(Thorough, Prop.ForAll(Arb.From(Files), json =>
    {
        if (Flatten(json) is not { } settings)
            return true;
        var provider = new JsonStreamConfigurationProvider(new JsonStreamConfigurationSource { Stream = new MemoryStream(Encoding.UTF8.GetBytes(json)) });
        provider.Load();
        return settings.All(setting => provider.TryGet(setting.Key, out var value) && string.Equals(setting.Text, value ?? "", StringComparison.OrdinalIgnoreCase));
    }));

    [Fact]
    public void What_dotnet_configuration_refuses_is_refused() => Check.One(Thorough, Prop.ForAll(Arb.From(Files), json =>
    {
        try
        {
            var provider = new JsonStreamConfigurationProvider(new JsonStreamConfigurationSource { Stream = new MemoryStream(Encoding.UTF8.GetBytes(json)) });
            provider.Load();
            return true;
        }
        catch (FormatException)
        {
            return Flatten(json) is null;
        }
    }));

    [Fact]
    public void Export_gives_back_what_was_imported() => Check.One(Thorough, Prop.ForAll(Arb.From(Files), json =>
    {
        if (Flatten(json) is null)
            return true;
        var settings = new SettingsFixture();
        Run(settings.ImportAsync(json, "--prefix", "app/")).Succeeded();
        var exported = Run(settings.ExportAsync("--prefix", "app/")).Succeeded().Output;
        return Compact(exported) == Compact(json);
    }));

    [Fact]
    public void An_import_repeated_writes_nothing() => Check.One(Thorough, Prop.ForAll(Arb.From(Files), json =>
    {
        if (Flatten(json) is null)
            return true;
        var settings = new SettingsFixture();
        Run(settings.ImportAsync(json)).Succeeded();
        var changes = settings.Registers.Changes;
        Run(settings.ImportAsync(json)).Succeeded();
        return settings.Registers.Changes == changes;
    }));

    [Fact]
    public void An_export_imported_again_changes_no_register_whatever_was_written_meanwhile() => Check.One(
        Thorough,
        Prop.ForAll(Arb.From(Files), Arb.From(Files), Arb.From(Gen.ListOf(Gen.Zip(Gen.ListOf(Keys, 2), Gen.Elements("5", "x", "", null!)))), (first, second, writes) =>
        {
            var settings = new SettingsFixture();
            foreach (var json in new[] { first, second }.Where(json => Flatten(json) is not null))
                Run(settings.ImportAsync(json, "--prefix", "app/")).Succeeded();
            foreach (var (parts, value) in writes)
                Write(settings, "app/" + SettingsPath.Name(parts.SelectMany(SettingsPath.Parts)), value);

            var before = Run(settings.ValuesAsync());
            var exported = Run(settings.ExportAsync("--prefix", "app/"));
            if (exported.ExitCode == ExitCode.Refused)
                return before.Count == 0;
            if (before.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase).Count < before.Count)
                return exported.ExitCode == ExitCode.BadArgument; // Names that differ in case only cannot be told apart by .NET configuration.
            Run(settings.ImportAsync(exported.Succeeded().Output, "--prefix", "app/")).Succeeded();
            return before.OrderBy(pair => pair.Key).SequenceEqual(Run(settings.ValuesAsync()).OrderBy(pair => pair.Key));
        }));

    [Fact]
    public void Different_parts_never_share_a_segment_and_every_segment_is_legal() => Check.One(Thorough, Prop.ForAll(Arb.From(Keys), part =>
    {
        var segment = SegmentCode.Encode(part);
        return RegisterName.Problem("app/" + segment) is null && RegisterName.Problem(segment) is null
            && (part.Contains(':') || SegmentCode.Decode(segment) == part);
    }));

    private static Gen<string> Objects(int depth) =>
        from members in Gen.ListOf(Gen.Zip(Keys, Values(depth)))
        select "{" + string.Join(',', members.Take(6).DistinctBy(member => member.Item1).Select(member => $"{Quote(member.Item1)}:{member.Item2}")) + "}";

    private static Gen<string> Arrays(int depth) =>
        from items in Gen.ListOf(Values(depth))
        select "[" + string.Join(',', items.Take(12)) + "]";

    private static Gen<string> Values(int depth) => depth == 0
        ? Gen.Frequency((8, Leaves), (1, Gen.Elements("{}", "[]")))
        : Gen.Frequency((3, Leaves), (2, Gen.Sized(_ => Objects(depth - 1)).Resize(6)), (1, Gen.Sized(_ => Arrays(depth - 1)).Resize(4)));

    private static ImmutableArray<Setting>? Flatten(string json)
    {
        try
        {
            return SettingsFileReader.Read(json).Settings;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static void Write(SettingsFixture settings, string name, string? value)
    {
        if (RegisterName.Problem(name) is not null)
            return;
        if (value is null)
            Run(settings.Registers.ChangeAsync(name, Change.Delete()));
        else
            Run(settings.SetAsync(name, value));
    }

    private static T Run<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static void Run(Task task) => task.GetAwaiter().GetResult();

    private static bool IsUnicode(string text) => text.Length < 20 && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    private static string Quote(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static string Compact(string json) => System.Text.Json.Nodes.JsonNode.Parse(json)!.ToJsonString();
}
