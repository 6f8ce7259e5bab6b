namespace Planner.Web.Reports;

/// <summary>There is no PDF on this machine as it stands; the message says why in a sentence for the user.</summary>
public sealed class PdfUnavailableException(string reason, Exception? cause = null) : Exception(reason, cause);
