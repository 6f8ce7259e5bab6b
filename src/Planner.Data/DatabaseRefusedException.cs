namespace Planner.Data;

/// <summary>The database cannot be used as it is. The message is one line for the person who starts the program; the file was left untouched.</summary>
public sealed class DatabaseRefusedException : Exception
{
    public DatabaseRefusedException()
    {
    }

    public DatabaseRefusedException(string message) : base(message)
    {
    }

    public DatabaseRefusedException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
