using System.CommandLine;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>The options that identify a change that is retried.</summary>
internal sealed class ResendOptions
{
    public const string RequestIdName = "--request-id";
    public const string FloorName = "--floor";

    public Option<Guid?> RequestId { get; } = new(RequestIdName)
    {
        Description = "Retry a change whose outcome was unknown: it is applied at most once",
        HelpName = "id",
        CustomParser = result =>
        {
            if (Guid.TryParseExact(result.Tokens[0].Value, "D", out var id) && id != Guid.Empty)
                return id;
            result.AddError($"'{result.Tokens[0].Value}' is not a request id such as 3f2a91c0-5b7d-4e0e-9a53-0c4d5e6f7a8b.");
            return null;
        },
    };

    public Option<long?> Floor { get; } =
        Inputs.VersionOption(FloorName, "The floor that came with the request id", 0);

    public void AddTo(Command command)
    {
        command.Options.Add(RequestId);
        command.Options.Add(Floor);
        command.Validators.Add(result =>
        {
            if (result.GetResult(Floor) is not null && result.GetResult(RequestId) is null)
                result.AddError($"{FloorName} belongs to a change that is sent again: give its {RequestIdName} too.");
        });
    }

    public ChangeOptions Read(CommandContext context) => new(context.Get(RequestId), context.Get(Floor));
}
