import { DropZone } from '../parts/DropZone.tsx'
import { Icon } from '../parts/Icon.tsx'
import { notify } from '../parts/notify.ts'
import { words } from '../words/words.ts'
import { readEditImage } from './editImage.ts'
import { chosenModel, form, models } from './form.ts'

/** Pictures to change, for models that can do that. */
export function EditImages() {
  const { make: say } = words.value
  const images = form.images.value
  const model = chosenModel.value
  const edits = models.value.find((one) => one.edits)
  return (
    <fieldset class="edit-images">
      <legend>{say.edit}</legend>
      <div class="edit-list">
        {images.map((image, at) => (
          <figure key={image.url} class="edit-image">
            <img src={image.url} alt={image.name} />
            <button
              type="button"
              class="icon-button"
              aria-label={say.removeImage(image.name)}
              onClick={() => {
                form.images.value = images.filter((_, index) => index !== at)
              }}
            >
              <Icon name="close" />
            </button>
          </figure>
        ))}
        <DropZone label={say.edit} accept="image/*" isMultiple onFiles={(files) => void addEditImages(files)}>
          {say.drop}
        </DropZone>
      </div>
      {images.length > 0 && model && !model.edits && edits && (
        <p class="hint">
          {say.needsEditModel(model.id)}{' '}
          <button
            type="button"
            class="button-small"
            onClick={() => {
              form.model.value = edits.id
            }}
          >
            {say.useEditModel(edits.id)}
          </button>
        </p>
      )}
    </fieldset>
  )
}

/** Adds dropped, pasted or chosen files to the form. */
export async function addEditImages(files: readonly File[]): Promise<void> {
  const count = form.images.value.length + files.length
  for (const file of files) {
    try {
      const image = await readEditImage(file, file.name, count)
      form.images.value = [...form.images.value, image]
    } catch {
      notify(words.value.make.notAPicture(file.name), true)
    }
  }
}
