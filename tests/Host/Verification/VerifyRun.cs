using System.Globalization;
using System.Text.RegularExpressions;

namespace Pellucid.Host.Tests.Verification;

/// <summary>What a run of <c>verify</c> gave.</summary>
internal sealed partial record VerifyRun(int ExitCode, string Output, string Error)
{
    public string LastLine => Output.TrimEnd().Split('\n')[^1];

    public (int Passed, int Failed, int NotImplemented, int NotApplicable) Totals
    {
        get
        {
            Match match = LastLinePattern().Match(LastLine);
            Assert.True(match.Success, $"the last line is '{LastLine}'\n{Error}");
            int Number(string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
            return (Number("passed"), Number("failed"), Number("open"), Number("none"));
        }
    }

    [GeneratedRegex(@"^(?<passed>\d+) passed, (?<failed>\d+) failed, (?<open>\d+) not implemented, (?<none>\d+) not applicable$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LastLinePattern();
}
