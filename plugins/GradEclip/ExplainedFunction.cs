namespace Pellucid.Plugins.GradEclip;

/// <summary>Which function Grad-ECLIP explains.</summary>
public enum ExplainedFunction
{
    /// <summary>The model with single-head attention in the explained blocks, on the same weights.</summary>
    SingleHead,

    /// <summary>The model as it is served.</summary>
    Native,
}
