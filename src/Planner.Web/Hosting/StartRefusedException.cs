namespace Planner.Web.Hosting;

/// <summary>The program cannot start as it was asked to. The message is one line for the person who started it.</summary>
public sealed class StartRefusedException : Exception
{
    public StartRefusedException()
    {
    }

    public StartRefusedException(string message) : base(message)
    {
    }

    public StartRefusedException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
