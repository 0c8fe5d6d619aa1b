namespace Pellucid.Plugins.CaptumStyle.Interactions;

/// <summary>What a text is without some of its words.</summary>
public enum AbsentWords
{
    /// <summary>The other words close up.</summary>
    Removed,

    /// <summary>Padding stands in their places, so that the other words keep theirs.</summary>
    Padding,
}
