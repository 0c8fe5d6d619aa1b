namespace Pellucid.Modeling.Imaging.Preprocessing;

/// <summary>How an image of any shape is brought to the model's input size.</summary>
public enum ResizeMode
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>The shorter side becomes the size, the longer one int(size x long / short).</summary>
    ShortestEdge = 1,

    /// <summary>Straight to width x height; the aspect is lost.</summary>
    Squash = 2,

    /// <summary>Centred on a black square of side max(size, width, height), then resized to size x size (MedCLIP).</summary>
    PadSquare = 3,

    /// <summary>Each side to the nearest multiple of the patch, int(side x scale / patch + 0.5) x patch (Grad-ECLIP's keep-size input).</summary>
    KeepSize = 4,

    /// <summary>The shorter side becomes the size, the longer one the nearest multiple of the patch that keeps the aspect; nothing is cropped.</summary>
    KeepAspect = 5,
}
