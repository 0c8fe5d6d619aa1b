namespace Pellucid.Host.Cli;

/// <summary>What the process tells its caller.</summary>
public static class ExitCodes
{
    /// <summary>All done.</summary>
    public const int Success = 0;

    /// <summary>A verification found numbers out of tolerance.</summary>
    public const int VerificationFailed = 1;

    /// <summary>An experiment ran to its end, but units of it failed.</summary>
    public const int UnitsFailed = 1;

    /// <summary>The user gave something that cannot be used; standard error says what and where.</summary>
    public const int UserError = 2;

    /// <summary>A fault of the program.</summary>
    public const int InternalError = 3;

    /// <summary>Stopped by Ctrl-C or a termination signal.</summary>
    public const int Cancelled = 130;
}
