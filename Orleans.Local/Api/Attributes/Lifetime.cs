namespace Orleans;

/// <summary>Keeps idle activations of the grain.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class KeepAliveAttribute : Attribute;

/// <summary>Sets after how long without a request an activation of the grain is deactivated. The times given add up.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class CollectionAgeLimitAttribute : Attribute
{
    /// <summary>The shortest age limit: one minute.</summary>
    public static readonly TimeSpan MinAgeLimit = TimeSpan.FromMinutes(1);

    private readonly TimeSpan _inactivityPeriod;

    /// <summary>Takes the age limit from the properties.</summary>
    public CollectionAgeLimitAttribute()
    {
    }

    /// <summary>Sets the age limit.</summary>
    /// <param name="inactivityPeriod">The age limit as <see cref="TimeSpan.Parse(string)"/> reads it.</param>
    public CollectionAgeLimitAttribute(string inactivityPeriod) =>
        _inactivityPeriod = TimeSpan.Parse(inactivityPeriod, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether idle activations are kept.</summary>
    public bool AlwaysActive { get; set; }

    /// <summary>Days of the age limit.</summary>
    public double Days { get; set; }

    /// <summary>Hours of the age limit.</summary>
    public double Hours { get; set; }

    /// <summary>Minutes of the age limit.</summary>
    public double Minutes { get; set; }

    /// <summary>The age limit, never below <see cref="MinAgeLimit"/>.</summary>
    public TimeSpan AgeLimit
    {
        get
        {
            if (AlwaysActive)
                return TimeSpan.MaxValue;
            var limit = _inactivityPeriod + TimeSpan.FromDays(Days) + TimeSpan.FromHours(Hours) + TimeSpan.FromMinutes(Minutes);
            return limit < MinAgeLimit ? MinAgeLimit : limit;
        }
    }
}
