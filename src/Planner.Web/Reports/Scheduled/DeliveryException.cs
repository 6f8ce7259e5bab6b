namespace Planner.Web.Reports.Scheduled;

/// <summary>A report did not arrive; the message says why in a sentence for the user, without secrets.</summary>
public sealed class DeliveryException(string reason, Exception? cause = null) : Exception(reason, cause)
{
    /// <summary>True where nobody else would be reached either, as where the mail server does not answer.</summary>
    public bool IsForAll { get; init; }

    /// <summary>True where it may have arrived all the same.</summary>
    public bool IsUnsure { get; init; }
}
