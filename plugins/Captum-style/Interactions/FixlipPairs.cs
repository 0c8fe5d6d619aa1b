namespace Pellucid.Plugins.CaptumStyle.Interactions;

/// <summary>Which pairs of players get an interaction of their own.</summary>
public enum FixlipPairs
{
    /// <summary>A region and a word.</summary>
    Cross,

    /// <summary>Two regions and two words as well.</summary>
    All,
}
