// What somebody typed cannot be done as it stands: said in one sentence, and the command ends with 2.

export class WrongInput extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WrongInput';
  }
}
