namespace Pellucid.Plugins.Transformers.Encoders;

/// <summary>In how many heads the explained block attends.</summary>
public enum AttentionHeads
{
    /// <summary>The model's own.</summary>
    Native,

    /// <summary>One head over all channels, on the same weights, as the published code of Grad-ECLIP does for the methods it compares with.</summary>
    Single,
}
