namespace Pellucid.Plugins.CaptumStyle;

/// <summary>How the channels of an attribution become one map.</summary>
public enum ChannelFold
{
    /// <summary>The largest of absolute values, the sum of signed ones.</summary>
    Auto,

    /// <summary>The largest.</summary>
    Max,

    /// <summary>The sum.</summary>
    Sum,
}
