namespace Pellucid.Host.Experiments.Files;

/// <summary>Which classes an image gets texts of.</summary>
public enum TextScope
{
    /// <summary>Its own.</summary>
    Item,

    /// <summary>All.</summary>
    All,

    /// <summary>The one that the model predicts for it: the largest logit among all.</summary>
    Predicted,
}
