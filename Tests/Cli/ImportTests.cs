using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Tests.Cli;

public sealed class ImportTests
{
    private readonly SettingsFixture _settings = new();

    [Fact]
    public async Task Keys_become_names_and_values_what_an_application_reads()
    {
        var result = await _settings.ImportAsync(
            """
            {
              // comments and trailing commas are allowed
              "Logging": { "LogLevel": { "Default": "Information" } },
              "Hosts": ["a", "b"],
              "Port": 8080, "Ratio": 1.50, "On": true, "Off": false, "Nothing": null,
              "Section:Key": "flat",
            }
            """, "--prefix", "app/");
        Assert.Equal("9 created, 0 changed, 0 unchanged, 0 failed", result.Succeeded().Lines[^1]);
        var expected = new Dictionary<string, string>
        {
            ["app/Logging/LogLevel/Default"] = "Information",
            ["app/Hosts/0"] = "a",
            ["app/Hosts/1"] = "b",
            ["app/Port"] = "8080",
            ["app/Ratio"] = "1.50",
            ["app/On"] = "true",
            ["app/Off"] = "false",
            ["app/Nothing"] = "",
            ["app/Section/Key"] = "flat",
        };
        Assert.Equal(expected.Count, (await _settings.ValuesAsync()).Count);
        Assert.Equal(expected.OrderBy(pair => pair.Key), (await _settings.ValuesAsync()).OrderBy(pair => pair.Key));
    }

    [Fact]
    public async Task Every_changed_register_is_a_line_in_a_pipe()
    {
        await _settings.SetAsync("app/a", "old");
        var result = await _settings.ImportAsync("""{"a":"new","b":"x"}""", "--prefix", "app", "--parallel", "1");
        Assert.Equal(["changed app/a version 2", "created app/b version 1", "1 created, 1 changed, 0 unchanged, 0 failed"], result.Succeeded().Lines);
    }

    [Fact]
    public async Task An_import_repeated_writes_nothing()
    {
        const string Json = """{"a":"1","b":{"c":2,"d":[]},"e":null}""";
        (await _settings.ImportAsync(Json)).Succeeded();
        var changes = _settings.Registers.Changes;
        Assert.Equal(["0 created, 0 changed, 3 unchanged, 0 failed"], (await _settings.ImportAsync(Json)).Succeeded().Lines);
        Assert.Equal(changes, _settings.Registers.Changes);
    }

    [Fact]
    public async Task A_deleted_register_is_created_again()
    {
        (await _settings.ImportAsync("""{"a":"x"}""")).Succeeded();
        await _settings.Registers.ChangeAsync("a", Change.Delete());
        Assert.Equal(["created a version 3", "1 created, 0 changed, 0 unchanged, 0 failed"], (await _settings.ImportAsync("""{"a":"x"}""")).Succeeded().Lines);
    }

    [Fact]
    public async Task A_dry_run_writes_nothing()
    {
        await _settings.SetAsync("a", "old");
        var before = _settings.Registers.Changes;
        var result = await _settings.ImportAsync("""{"a":"new","b":"x"}""", "--dry-run", "--parallel", "1");
        Assert.Equal(["would change a", "would create b", "dry run: 1 would be created, 1 changed, 0 unchanged"], result.Succeeded().Lines);
        Assert.Equal(before, _settings.Registers.Changes);
    }

    [Fact]
    public async Task Json_prints_the_summary_alone() => Assert.Equal(
        """{"created":1,"changed":0,"unchanged":0,"failed":0,"deleted":0,"dryRun":false}""",
        (await _settings.ImportAsync("""{"a":"x"}""", "--json")).Succeeded().Output.Trim());

    [Fact]
    public async Task A_change_by_somebody_else_is_reported_and_not_overwritten()
    {
        await _settings.SetAsync("a", "old");
        var racing = new RacingRegisters(_settings.Registers, "a", "theirs");
        var run = new CliRun { Connect = racing.ConnectAsync, Input = """{"a":"mine","b":"x"}"""u8.ToArray() };
        var result = await run.RunAsync("import", "-");
        result.Failed(ExitCode.Refused, "'a' was changed by somebody else", "to version 2");
        Assert.Equal("1 created, 0 changed, 0 unchanged, 1 failed", result.Lines[^1]);
        Assert.Equal("theirs", await _settings.ValueAsync("a"));
    }

    [Theory]
    [InlineData("old", "mine", "1 created, 0 changed, 1 unchanged, 0 failed")]
    [InlineData("new", "mine", "0 created, 1 changed, 1 unchanged, 0 failed")]
    [InlineData("~shape", """{"old":"","new":""}""", "1 created, 1 changed, 0 unchanged, 0 failed")]
    public async Task The_same_import_twice_at_once_fails_nowhere(string name, string theirs, string summary)
    {
        await _settings.SetAsync("old", "older");
        var racing = new RacingRegisters(_settings.Registers, name, theirs);
        var run = new CliRun { Connect = racing.ConnectAsync, Input = """{"old":"mine","new":"mine"}"""u8.ToArray() };
        Assert.Equal(summary, (await run.RunAsync("import", "-")).Succeeded().Lines[^1]);
        Assert.Equal((2, 1), ((await _settings.Registers.ReadAsync("old"))!.Version, (await _settings.Registers.ReadAsync("new"))!.Version));
    }

    [Fact]
    public async Task A_key_in_another_case_is_the_register_that_is_there()
    {
        (await _settings.ImportAsync("""{"ConnectionStrings":{"Default":"a"},"N":"5"}""", "--prefix", "ov/")).Succeeded();
        var result = await _settings.ImportAsync("""{"connectionstrings":{"default":"b"},"n":"6","new":"c"}""", "--prefix", "ov/", "--parallel", "1");
        Assert.Equal(
            ["changed ov/ConnectionStrings/Default version 2", "changed ov/N version 2", "created ov/new version 1", "1 created, 2 changed, 0 unchanged, 0 failed"],
            result.Succeeded().Lines);
        var exported = (await _settings.ExportAsync("--prefix", "ov/")).Succeeded().Output;
        Assert.Equal("""{"connectionstrings":{"default":"b"},"n":"6","new":"c"}""", System.Text.Json.Nodes.JsonNode.Parse(exported)!.ToJsonString());
        Assert.Equal("3 created, 0 changed, 0 unchanged, 0 failed", (await _settings.ImportAsync(exported, "--prefix", "ov2/")).Succeeded().Lines[^1]);
    }

    [Fact]
    public async Task A_key_that_two_registers_have_is_refused_by_their_names_and_writes_nothing()
    {
        await _settings.SetAsync("app/Key", "1");
        await _settings.SetAsync("app/key", "2");
        var changes = _settings.Registers.Changes;
        (await _settings.ImportAsync("""{"KEY":"3"}""", "--prefix", "app/")).Failed(ExitCode.BadArgument, "'app/Key' and 'app/key'", "paxos delete app/key");
        (await _settings.ImportAsync("""{"other":"3"}""", "--prefix", "app/", "--dry-run")).Succeeded();
        Assert.Equal(changes, _settings.Registers.Changes);
    }

    [Theory]
    [InlineData("""{"a":{}}""")]
    [InlineData("""{"A":[]}""")]
    public async Task An_empty_group_over_a_value_leaves_no_value_as_in_dotnet_configuration(string json)
    {
        (await _settings.ImportAsync("""{"a":5,"b":1}""")).Succeeded();
        Assert.Equal(["would delete a", "dry run: 0 would be created, 0 changed, 0 unchanged, 1 deleted"], (await _settings.ImportAsync(json, "--dry-run")).Succeeded().Lines);
        Assert.Equal(["deleted a version 2", "0 created, 0 changed, 0 unchanged, 0 failed, 1 deleted"], (await _settings.ImportAsync(json)).Succeeded().Lines);
        Assert.Equal(["b"], (await _settings.ValuesAsync()).Keys);
        Assert.Equal(["0 created, 0 changed, 0 unchanged, 0 failed"], (await _settings.ImportAsync(json)).Succeeded().Lines);
    }

    [Fact]
    public async Task An_empty_group_leaves_what_is_below_it()
    {
        (await _settings.ImportAsync("""{"a":{"b":1}}""")).Succeeded();
        Assert.Equal(["0 created, 0 changed, 0 unchanged, 0 failed"], (await _settings.ImportAsync("""{"a":{}}""")).Succeeded().Lines);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(70, false)]
    [InlineData(300, false)]
    [InlineData(1_000_000, false)]
    public async Task More_levels_than_dotnet_configuration_reads_are_refused(int levels, bool isTaken)
    {
        var json = string.Concat(Enumerable.Repeat("{\"a\":", levels)) + "1" + new string('}', levels);
        var result = await _settings.ImportAsync(json);
        if (isTaken)
            result.Succeeded();
        else
            result.Failed(ExitCode.BadArgument, "more than 64 levels", "Join levels with ':'", "Nothing was written");
    }

    [Fact]
    public async Task A_cluster_that_goes_away_stops_the_import_with_its_own_exit_code()
    {
        var failing = new RacingRegisters(_settings.Registers, "b", "x") { Failure = new QuorumUnavailableException([], 2) };
        var run = new CliRun { Connect = failing.ConnectAsync, Input = """{"a":"1","b":"2","c":"3"}"""u8.ToArray() };
        var result = await run.RunAsync("import", "-", "--parallel", "1");
        result.Failed(ExitCode.Unavailable, "stopped at 'b'", "2 registers are not done", "Repeat the import");
        Assert.Equal("1 created, 0 changed, 0 unchanged, 0 failed", result.Lines[^1]);
        Assert.Equal(["2 created, 0 changed, 1 unchanged, 0 failed"], (await _settings.ImportAsync("""{"a":"1","b":"2","c":"3"}""")).Succeeded().Lines[^1..]);
    }

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("{", "line 1")]
    [InlineData("{\n\"a\": x}", "line 2, byte 6")]
    [InlineData("[1]", "an array")]
    [InlineData("5", "a number")]
    [InlineData("""{"a":1,"A":2}""", "'A' stands twice")]
    [InlineData("""{"a":1,"a":2}""", "'a' stands twice")]
    [InlineData("""{"a:b":1,"a":{"b":2}}""", "'a:b' stands twice")]
    [InlineData("""{"a":"\ud800"}""", "surrogate")]
    [InlineData("""{"\ud800":1}""", "surrogate")]
    public async Task A_bad_file_is_exit_2_and_writes_nothing(string json, string words)
    {
        (await _settings.ImportAsync(json)).Failed(ExitCode.BadArgument, words, "Nothing was written");
        Assert.Equal(0, _settings.Registers.Changes);
    }

    [Fact]
    public async Task A_file_that_is_not_utf8_is_exit_2()
    {
        var run = new CliRun { Input = [(byte)'{', 0xFF, (byte)'}'] };
        (await run.RunAsync("import", "-")).Failed(ExitCode.BadArgument, "not UTF-8");
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_part_of_the_file() =>
        (await _settings.ImportAsync("\uFEFF{\"a\":1}")).Succeeded();

    [Fact]
    public async Task A_name_over_the_limit_names_its_key_and_writes_nothing()
    {
        var key = new string('k', 253);
        (await _settings.ImportAsync($$"""{"a":1,"{{key}}":2}""", "--prefix", "app/")).Failed(ExitCode.BadArgument, $"'{key}'", "257", "256", "Nothing was written");
        Assert.Equal(0, _settings.Registers.Changes);
    }

    [Fact]
    public async Task A_value_over_the_limit_names_its_key_and_writes_nothing()
    {
        var value = new string('v', 1001);
        (await _settings.ImportAsync($$"""{"a":1,"big":"{{value}}"}""", "--max-value-bytes", "1000"))
            .Failed(ExitCode.BadArgument, "'big'", "1001", "1000", "Nothing was written");
        Assert.Equal(0, _settings.Registers.Changes);
    }

    [Fact]
    public async Task Keys_over_what_the_shape_can_hold_are_refused_before_a_write()
    {
        var json = "{" + string.Join(',', Enumerable.Range(0, 200).Select(index => $"\"key-{index}\":1")) + "}";
        (await _settings.ImportAsync(json, "--max-value-bytes", "1000")).Failed(ExitCode.BadArgument, "1000", "Split the file");
        Assert.Equal(0, _settings.Registers.Changes);
    }

    [Theory]
    [InlineData("!x")]
    [InlineData("a//")]
    [InlineData("a?")]
    public async Task A_bad_prefix_is_exit_2(string prefix) =>
        (await _settings.ImportAsync("{}", "--prefix", prefix)).Failed(ExitCode.BadArgument);
}
