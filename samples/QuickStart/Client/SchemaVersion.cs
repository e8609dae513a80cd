namespace QuickStart;

/// <summary>The content of the register <c>app/schema</c>, stored as JSON.</summary>
public sealed record SchemaVersion(int Number, string Note);
