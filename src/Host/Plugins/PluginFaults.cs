using System.Reflection;

namespace Pellucid.Host.Plugins;

/// <summary>Turns what a plugin's code throws into a reason that a person can act on.</summary>
internal static class PluginFaults
{
    /// <summary>Whether the host goes on after such an exception; memory exhaustion is nobody's fault and goes through.</summary>
    public static bool IsContained(Exception fault) => fault is not (OutOfMemoryException or InsufficientExecutionStackException);

    /// <summary>One line: what failed and why.</summary>
    public static string Describe(string what, Exception fault)
    {
        Exception root = fault;
        while (root is TargetInvocationException or TypeInitializationException && root.InnerException is { } inner) root = inner;
        if (root is ReflectionTypeLoadException types && types.LoaderExceptions.FirstOrDefault(e => e is not null) is { } first) root = first;
        string hint = root is MissingMethodException or MissingFieldException or TypeLoadException
            ? "; it was built against other contracts than this host has: build it again" : string.Empty;
        return $"{what}: {root.GetType().Name}: {FirstLine(root.Message)}{hint}";
    }

    private static string FirstLine(string text)
    {
        int end = text.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? text : text[..end];
    }
}
