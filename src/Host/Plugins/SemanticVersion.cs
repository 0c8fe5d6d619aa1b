using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Pellucid.Host.Plugins;

/// <summary>A version by semver.org 2.0: <c>1.2.3</c>, <c>1.2.3-beta.1</c>, <c>1.2.3+build</c>. Build metadata does not count in comparisons.</summary>
public sealed class SemanticVersion
{
    private readonly string _text;
    private readonly int[] _numbers;
    private readonly string[] _preRelease;

    private SemanticVersion(string text, int[] numbers, string[] preRelease)
    {
        _text = text;
        _numbers = numbers;
        _preRelease = preRelease;
    }

    /// <summary>Reads a version of three parts, or of one or two (the rest are 0) where <paramref name="partial"/> allows it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SemanticVersion? version, bool partial = false)
    {
        version = null;
        if (text is null || text.Length is 0 or > 128) return false;
        string[] build = text.Split('+');
        if (build.Length > 2 || (build.Length == 2 && !AreIdentifiers(build[1].Split('.'), numbersMayPad: true))) return false;
        int dash = build[0].IndexOf('-', StringComparison.Ordinal);
        string[] preRelease = dash < 0 ? [] : build[0][(dash + 1)..].Split('.');
        if (!AreIdentifiers(preRelease, numbersMayPad: false)) return false;
        string[] parts = (dash < 0 ? build[0] : build[0][..dash]).Split('.');
        if (parts.Length > 3 || (parts.Length < 3 && !partial)) return false;
        int[] numbers = new int[3];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!IsNumber(parts[i]) || (parts[i].Length > 1 && parts[i][0] == '0')) return false;
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])) return false;
        }

        version = new SemanticVersion(text, numbers, preRelease);
        return true;
    }

    /// <summary>Precedence by semver.org 2.0, section 11: negative where <paramref name="a"/> comes before <paramref name="b"/>.</summary>
    public static int Compare(SemanticVersion a, SemanticVersion b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        for (int i = 0; i < 3; i++)
        {
            int order = a._numbers[i].CompareTo(b._numbers[i]);
            if (order != 0) return order;
        }

        if (a._preRelease.Length == 0 || b._preRelease.Length == 0)
            return b._preRelease.Length.CompareTo(a._preRelease.Length);
        for (int i = 0; i < Math.Min(a._preRelease.Length, b._preRelease.Length); i++)
        {
            int order = CompareIdentifiers(a._preRelease[i], b._preRelease[i]);
            if (order != 0) return order;
        }

        return a._preRelease.Length.CompareTo(b._preRelease.Length);
    }

    /// <inheritdoc/>
    public override string ToString() => _text;

    private static int CompareIdentifiers(string a, string b)
    {
        bool aIsNumber = IsNumber(a), bIsNumber = IsNumber(b);
        if (aIsNumber != bIsNumber) return aIsNumber ? -1 : 1;
        // Numbers have no leading zeros, so a longer one is a larger one and no overflow can happen.
        if (aIsNumber && a.Length != b.Length) return a.Length.CompareTo(b.Length);
        return string.CompareOrdinal(a, b);
    }

    private static bool AreIdentifiers(string[] parts, bool numbersMayPad) =>
        parts.All(p => p.Length > 0 && p.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            && (numbersMayPad || !IsNumber(p) || p.Length == 1 || p[0] != '0'));

    private static bool IsNumber(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);
}
