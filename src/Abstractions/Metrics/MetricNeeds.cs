namespace Pellucid.Abstractions.Metrics;

/// <summary>What a metric needs beyond its items. The host refuses a combination that cannot give it before any work starts.</summary>
[Flags]
public enum MetricNeeds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A map over the image.</summary>
    Map = 1,

    /// <summary>Importances of the words.</summary>
    Words = 2,

    /// <summary>A mask of the region that is right.</summary>
    Mask = 4,

    /// <summary>Embeddings of changed images or texts.</summary>
    Evaluations = 8,

    /// <summary>Gradients of the model.</summary>
    Gradients = 16,

    /// <summary>The explainer, to explain other inputs.</summary>
    Explainer = 32,

    /// <summary>A model whose encoder can be replaced (<see cref="Models.IEditableModel"/>): parameter randomization.</summary>
    EditableModel = 64,

    /// <summary>The texts (classes) among which the target was chosen.</summary>
    Candidates = 128,

    /// <summary>A map over the image for each word of the text.</summary>
    WordMaps = 256,

    /// <summary>The captions of the image, the target's text among them.</summary>
    Captions = 512,
}
