namespace Planner.Data.Entities;

/// <summary>A stored scenario whose answer is no longer the one that was saved, because prices moved.</summary>
public sealed class AlertRow
{
    public long Id { get; set; }

    public required string ScenarioId { get; set; }

    /// <summary>The version whose answer moved.</summary>
    public int Version { get; set; }

    /// <summary>The run after which it was noticed; null for another occasion.</summary>
    public long? FeedRunId { get; set; }

    public DateTime RaisedUtc { get; set; }

    /// <summary>The answer as saved.</summary>
    public required string BeforeJson { get; set; }

    /// <summary>The answer at the prices of that moment.</summary>
    public required string AfterJson { get; set; }

    /// <summary>The prices that moved it, the strongest first.</summary>
    public required string CausesJson { get; set; }

    /// <summary>When somebody put it aside; null while it is open.</summary>
    public DateTime? SeenUtc { get; set; }

    /// <summary>When the answer was back, or had become another one; null until then.</summary>
    public DateTime? ClosedUtc { get; set; }

    /// <summary>What the webhook answered; null where none is configured or it has not been told yet.</summary>
    public string? Webhook { get; set; }
}
