using System.Text.Json.Nodes;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Tests.Cli;

public sealed class ExportTests
{
    private readonly SettingsFixture _settings = new();

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"a":"5","b":5,"c":"true","d":true,"e":"","f":null,"g":"null","h":1.50,"i":-0,"j":1E+400,"k":" 5"}""")]
    [InlineData("""{"empty":{},"none":[],"nested":[[],{},[[1]],[{"a":[]}]]}""")]
    [InlineData("""{"indexes":{"0":"a","1":"b"},"array":["a","b"],"long":[0,1,2,3,4,5,6,7,8,9,10,11]}""")]
    [InlineData("""{"":1,"a":{"":{"":2}},":":3,"b:":4,":b":5}""")]
    [InlineData("""{"a:b":1,"a":{"c":2},"x:y:z":{"d:e":[true]}}""")]
    [InlineData("""{"a":1,"a:b":2,"a:b:c":3}""")]
    [InlineData("""{"a/b":1,"a":{"b":2},"a\\b":3,"a#b":4,"a?b":5,"~":6,"~2F":7,"!":8,".":9,"..":10,"...":11,"~shape":12}""")]
    [InlineData("""{"\u0000":1,"\u001f":2,"\u007f":3,"\u0085":4,"ключ":"знач","🙂":"🙂","<&>'":"<&>'\""}""")]
    [InlineData("""{"z":1,"a":2,"m":{"z":1,"a":2}}""")]
    public async Task Export_gives_back_what_was_imported(string json)
    {
        (await _settings.ImportAsync(json, "--prefix", "app/")).Succeeded();
        var exported = (await _settings.ExportAsync("--prefix", "app/")).Succeeded().Output;
        Assert.Equal(Compact(json), Compact(exported));
    }

    [Fact]
    public async Task The_file_reads_well()
    {
        (await _settings.ImportAsync("""{"b":{"x":"grün"},"a":[1]}""")).Succeeded();
        Assert.Equal("{\n  \"b\": {\n    \"x\": \"grün\"\n  },\n  \"a\": [\n    1\n  ]\n}\n", (await _settings.ExportAsync()).Succeeded().Output);
    }

    [Fact]
    public async Task A_changed_register_keeps_the_type_that_its_text_allows()
    {
        (await _settings.ImportAsync("""{"text":"a","number":1,"flag":true,"nothing":null}""")).Succeeded();
        await _settings.SetAsync("text", "7");
        await _settings.SetAsync("number", "many");
        await _settings.SetAsync("flag", "false");
        await _settings.SetAsync("nothing", "8");
        await AssertExportAsync("""{"text":"7","number":"many","flag":false,"nothing":8}""");
    }

    [Fact]
    public async Task New_and_deleted_registers_change_the_file()
    {
        (await _settings.ImportAsync("""{"a":{"b":1,"c":2},"gone":{"x":1},"list":["p","q"]}""")).Succeeded();
        await _settings.SetAsync("a/d", "new");
        await _settings.SetAsync("list/2", "r");
        await _settings.SetAsync("more/deep", "5");
        await _settings.Registers.ChangeAsync("a/b", Change.Delete());
        await _settings.Registers.ChangeAsync("gone/x", Change.Delete());
        await AssertExportAsync("""{"a":{"c":2,"d":"new"},"list":["p","q","r"],"more":{"deep":5}}""");
    }

    [Fact]
    public async Task An_array_with_a_gap_becomes_an_object_that_reads_the_same()
    {
        (await _settings.ImportAsync("""{"list":["p","q","r"]}""")).Succeeded();
        await _settings.Registers.ChangeAsync("list/1", Change.Delete());
        await AssertExportAsync("""{"list":{"0":"p","2":"r"}}""");
    }

    [Fact]
    public async Task Registers_that_were_never_imported_are_exported_by_their_text()
    {
        foreach (var (name, value) in new[] { ("flags/dark", "true"), ("flags/limit", "10"), ("flags/name", "x"), ("hosts/0", "a"), ("hosts/1", "b") })
            await _settings.SetAsync("app/" + name, value);
        await AssertExportAsync("""{"flags":{"dark":true,"limit":10,"name":"x"},"hosts":["a","b"]}""", "--prefix", "app");
    }

    [Fact]
    public async Task A_register_with_registers_below_it_is_written_with_colons()
    {
        (await _settings.ImportAsync("""{"a":{"b":"1","c":{"d":2}}}""")).Succeeded();
        await _settings.SetAsync("a", "x");
        await AssertExportAsync("""{"a":"x","a:b":"1","a:c:d":2}""");
    }

    [Fact]
    public async Task A_register_above_an_empty_group_leaves_it_in_the_file()
    {
        (await _settings.ImportAsync("""{"a":{"b":{},"c":1}}""")).Succeeded();
        await _settings.SetAsync("a", "x");
        await AssertExportAsync("""{"a":"x","a:b":{},"a:c":1}""");
    }

    [Fact]
    public async Task A_file_laid_over_another_keeps_what_only_the_first_one_has()
    {
        (await _settings.ImportAsync("""{"a":"1","b":{"c":"2","d":["x"]}}""")).Succeeded();
        (await _settings.ImportAsync("""{"b":{"c":3},"e":null}""")).Succeeded();
        await AssertExportAsync("""{"b":{"c":3,"d":["x"]},"e":null,"a":"1"}""");
    }

    /// <summary>An empty group has a key but no register, so no register shows that two files have it in different forms.</summary>
    [Theory]
    [InlineData("""{"A":{}}""", """{"a":{}}""", """{"a":{}}""")]
    [InlineData("""{"A":[]}""", """{"a":{}}""", """{"a":{}}""")]
    [InlineData("""{"a:b":[]}""", """{"a":{"b":{}}}""", """{"a":{"b":{}}}""")]
    [InlineData("""{"a":{"b":[]}}""", """{"a":{"c":1},"a:b":{}}""", """{"a":{"c":1},"a:b":{}}""")]
    [InlineData("""{"A":{"b":{}},"x":[]}""", """{"a":{"B":{}},"X":5}""", """{"a":{"B":{}},"X":5}""")]
    public async Task An_empty_group_that_two_files_write_differently_does_not_stand_twice_in_the_export(string first, string second, string expected)
    {
        await _settings.SetAsync("kept", "0");
        (await _settings.ImportAsync(first)).Succeeded();
        (await _settings.ImportAsync(second)).Succeeded();
        var exported = (await _settings.ExportAsync()).Succeeded().Output;
        Assert.Equal(Compact(expected[..^1] + ""","kept":0}"""), Compact(exported));
        Assert.Contains("0 created, 0 changed", (await _settings.ImportAsync(exported)).Succeeded().Lines[^1]);
    }

    [Theory]
    [InlineData("""{"a":{},"A":[]}""", """{"a":{},"kept":0}""")]
    [InlineData("""{"a:b":{},"a":{"b":[]}}""", """{"a:b":{},"kept":0}""")]
    [InlineData("""{"kept:":"","kept":"","x":{"kept":""},"":{"":{}},":":[]}""", """{"kept":"0","":{"":{}}}""")]
    [InlineData("""{"a:b":"","a":{"b":0}}""", """{"a:b":"1","kept":0}""", "a/b")]
    public async Task A_shape_that_has_a_key_twice_makes_no_export_that_has(string shape, string expected, string? other = null)
    {
        await _settings.SetAsync("~shape", shape);
        await _settings.SetAsync("kept", "0");
        if (other is not null)
            await _settings.SetAsync(other, "1");
        await AssertExportAsync(expected);
    }

    [Fact]
    public async Task A_part_of_an_import_and_imports_within_one_keep_their_types()
    {
        (await _settings.ImportAsync("""{"web":{"port":"80"},"web:host":"1"}""", "--prefix", "app/")).Succeeded();
        (await _settings.ImportAsync("""{"n":"2"}""", "--prefix", "app/web/inner/")).Succeeded();
        await AssertExportAsync("""{"port":"80","host":"1","inner":{"n":"2"}}""", "--prefix", "app/web/");
        await AssertExportAsync("""{"web":{"port":"80","inner":{"n":"2"}},"web:host":"1"}""", "--prefix", "app/");
    }

    [Fact]
    public async Task Registers_below_another_prefix_are_left_out()
    {
        await _settings.SetAsync("app/a", "1");
        await _settings.SetAsync("apple", "2");
        await AssertExportAsync("""{"a":1}""", "--prefix", "app");
    }

    [Fact]
    public async Task Export_ReadsPagesNotEachRegisterByItself()
    {
        for (var number = 0; number < 2500; number++)
            await _settings.SetAsync($"app/{number:0000}", "1");
        (await _settings.ExportAsync("--prefix", "app/")).Succeeded();
        Assert.Equal((3, 1), (_settings.Registers.Pages, _settings.Registers.Reads)); // the shape of imports under no prefix
    }

    [Fact]
    public async Task Nothing_to_export_is_exit_1() => (await _settings.ExportAsync("--prefix", "none/")).Failed(ExitCode.Refused, "'none/'");

    [Theory]
    [InlineData("a:b")]
    [InlineData("a~zz")]
    [InlineData("a~41")]
    public async Task A_name_that_no_import_writes_is_named(string name)
    {
        await _settings.SetAsync(name, "x");
        (await _settings.ExportAsync()).Failed(ExitCode.BadArgument, $"'{name}'");
    }

    [Fact]
    public async Task Names_that_differ_in_case_alone_are_named_with_the_remedy()
    {
        await _settings.SetAsync("ov/A/Default", "1");
        await _settings.SetAsync("ov/a/default", "2");
        (await _settings.ExportAsync("--prefix", "ov/")).Failed(ExitCode.BadArgument, "'ov/A/Default' and 'ov/a/default'", "paxos delete ov/a/default");
    }

    [Theory]
    [InlineData(""), InlineData("/0"), InlineData("/b/0/c")]
    public async Task The_deepest_name_can_be_exported_read_by_dotnet_and_imported_again(string end)
    {
        string[] names = [string.Join('/', Enumerable.Repeat("a", 120)) + end, string.Join('/', Enumerable.Repeat("a", 61)) + "/x/0/y" + end];
        foreach (var name in names)
            await _settings.SetAsync(name, "5");
        var exported = (await _settings.ExportAsync()).Succeeded().Output;
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(exported));
        var provider = new Microsoft.Extensions.Configuration.Json.JsonStreamConfigurationProvider(new() { Stream = stream });
        provider.Load();
        Assert.All(names, name => Assert.True(provider.TryGet(name.Replace('/', ':'), out _)));
        Assert.Equal("0 created, 0 changed, 2 unchanged, 0 failed", (await _settings.ImportAsync(exported)).Succeeded().Lines[^1]);
    }

    [Fact]
    public async Task A_binary_value_is_named()
    {
        await _settings.Registers.ChangeAsync("blob", Change.Set([255]));
        (await _settings.ExportAsync()).Failed(ExitCode.BadArgument, "'blob'", "1 bytes");
    }

    [Fact]
    public async Task A_register_that_holds_no_shape_is_named_with_the_remedy()
    {
        await _settings.SetAsync("app/~shape", "nonsense");
        (await _settings.ExportAsync("--prefix", "app/")).Failed(ExitCode.BadArgument, "'app/~shape'", "paxos delete app/~shape");
    }

    [Fact]
    public async Task A_file_is_replaced_as_a_whole()
    {
        var folder = Directory.CreateTempSubdirectory("paxos-cli");
        var file = Path.Combine(folder.FullName, "out.json");
        await File.WriteAllTextAsync(file, new string('x', 1000), TestContext.Current.CancellationToken);
        (await _settings.ImportAsync("""{"a":1}""")).Succeeded();
        Assert.Empty((await _settings.ExportAsync("--out", file)).Succeeded().Output);
        Assert.Equal("""{"a":1}""", Compact(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)));
        Assert.Single(folder.GetFiles());
        folder.Delete(recursive: true);
    }

    private async Task AssertExportAsync(string expected, params string[] options) =>
        Assert.Equal(Compact(expected), Compact((await _settings.ExportAsync(options)).Succeeded().Output));

    /// <summary>Removes white space; numbers stay as they are written.</summary>
    private static string Compact(string json) => JsonNode.Parse(json)!.ToJsonString();
}
