namespace Orleans.Paxos.Load;

/// <summary>Measurements as plain text: columns that stand under each other.</summary>
public static class MeasurementTable
{
    /// <summary>The line of headings.</summary>
    public static string Header => throw new NotImplementedException();

    /// <summary>The line of a measurement.</summary>
    /// <param name="measurement">The measurement.</param>
    /// <returns>The line, without its end.</returns>
    public static string Row(Measurement measurement) => throw new NotImplementedException();
}
