using Pellucid.Graphs;

namespace Pellucid.Host.Verification;

/// <summary>What a case says that could not be computed. One broken case must not keep the others from being compared.</summary>
internal static class CaseFaults
{
    /// <summary>The message of an error meant for users; the kind and message of any other.</summary>
    public static string Describe(Exception fault) =>
        fault is PellucidException ? fault.Message : $"{fault.GetType().Name}: {fault.Message}";
}
