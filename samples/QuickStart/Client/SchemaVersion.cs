namespace QuickStart;

/// <summary>What the register <c>app/schema</c> holds; stored as JSON.</summary>
public sealed record SchemaVersion(int Number, string Note);
